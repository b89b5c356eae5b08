-- What a facilitator wrote: which message in their chat tells what becomes of it, and whether that was told to the end.
alter table notes add column message bigint;
alter table notes add column told_at bigint;            -- null: not told yet
create index notes_to_tell on notes (made_at) where told_at is null;

-- The daily digest: what is new is new since the last one that went out.
alter table facilitators drop column digest;
alter table facilitators add column told_until bigint;  -- null: nothing told yet
