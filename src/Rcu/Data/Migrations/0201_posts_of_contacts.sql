-- Contacts that their source ties to several accounts: few, and asked after each resolution.
create index records_with_posts on records (source_id) where kind = 'Contact' and fields ? 'posts';
