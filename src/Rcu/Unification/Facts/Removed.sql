-- Facts whose record no run stands for any more. $1, the reserved account, is not used here.
with gone as (select id from records where removed_at is not null and $1::uuid is not null),
interactions_gone as (delete from interactions x using gone g where x.id = g.id),
documents_gone as (delete from documents x using gone g where x.id = g.id and not exists (select from records r where r.id = x.id and r.removed_at is null)),
lines_gone as (delete from document_lines x using gone g where x.id = g.id)
delete from opportunities x using gone g where x.id = g.id;
