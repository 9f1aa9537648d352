-- Who the new rows of a file that waits may be: the whole file is compared in the background, and what is known so far is told.
alter table import_drafts
  add column match_run uuid,
  add column matches jsonb;
