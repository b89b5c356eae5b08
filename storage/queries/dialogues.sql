-- name: save_dialogue(person, kind, body, at)!
-- Inserts or updates a person's dialogue; replaces another that was open.
insert into drafts (person, kind, body, at)
values (:person, :kind, :body, :at)
on conflict (person) do update set kind = excluded.kind, body = excluded.body, at = excluded.at;

-- name: close_dialogue(person, kind, body)!
-- Ends a dialogue, and erases its input.
update drafts set kind = :kind, body = :body where person = :person;

-- name: delete_dialogue(person)!
-- Deletes a person's dialogue.
delete from drafts where person = :person;

-- name: fetch_dialogue(person, since)
-- Fetches a person's dialogue, open or closed, unless it was last continued before `since`.
select kind, body, at
from drafts
where person = :person and at >= :since;

-- name: delete_dialogues_before(deadline)!
-- Deletes dialogues that were last continued before `deadline`.
delete from drafts where at < :deadline;
