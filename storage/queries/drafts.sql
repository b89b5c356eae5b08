-- name: open_draft(person, kind, body, at)!
-- Begins a dialogue, or keeps how far it is; another that was open ends.
insert into drafts (person, kind, body, at)
values (:person, :kind, :body, :at)
on conflict (person) do update set kind = excluded.kind, body = excluded.body, at = excluded.at;

-- name: close_draft(person, kind, body)!
-- Ends a dialogue: of what was said in it, nothing stays.
update drafts set kind = :kind, body = :body where person = :person;

-- name: forget_draft(person)!
-- Forgets a dialogue.
delete from drafts where person = :person;

-- name: draft_of(person, since)
-- The dialogue that is open or was the last, unless it lies since before `since`.
select kind, body, at
from drafts
where person = :person and at >= :since;

-- name: drop_drafts(deadline)!
-- Drops what nobody came back to.
delete from drafts where at < :deadline;
