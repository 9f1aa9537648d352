-- Facts are found by their own id when a merge or an unmerge moves them, and when their record is removed.
create index interactions_by_id on interactions (id);
create index documents_by_id on documents (id);
create index document_lines_by_id on document_lines (id);
create index opportunities_by_id on opportunities (id);

-- What changed since the last projection.
create index records_by_cleaning on records (kind, cleaned_at);
create index records_removed on records (removed_at) where removed_at is not null;
create index links_by_date on links (linked_at);

-- A ledger line, and the papers of a source, find each other by their number.
create index records_by_number on records (source_id, kind, (fields ->> 'number')) where fields ? 'number';
