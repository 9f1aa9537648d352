-- The weights of a full resolution: later ones and every node's look-ups weigh alike, until there are twice as many records.
alter table resolutions add column model jsonb;
