-- name: add_note(note, learner, cohort, about, html, made_by, at, message)!
-- Inserts a note to a member; of two on the same topic the first one wins.
insert into notes (note, learner, cohort, about, html, made_by, made_at, message)
select
    cast(:note as bigint) as note,
    learner,
    cohort,
    cast(:about as text) as about,
    cast(:html as text) as html,
    cast(:made_by as bigint) as made_by,
    cast(:at as bigint) as made_at,
    cast(:message as bigint) as message
from memberships
where learner = :learner and cohort = :cohort and left_at is null
on conflict do nothing;

-- name: queue_note(note, learner, kind, subject, at)!
-- Queues a note in the outbox; must run after `add_note`.
insert into deliveries (recipient, learner, kind, subject, state, due_at, made_at)
select
    learner as recipient,
    learner,
    cast(:kind as text) as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from notes
where note = :note and learner = :learner
on conflict (recipient, kind, subject) do nothing;

-- name: fetch_note(note)
-- Fetches one note.
select note, learner, cohort, about, html, made_by, made_at, message
from notes
where note = :note;

-- name: count_notes_about(learner, cohort, about)
-- Counts the notes to a member with a topic like `about`.
select count(*) as count
from notes
where learner = :learner and cohort = :cohort and about like :about;

-- name: fetch_notes_to_report()
-- Fetches notes whose result was not reported to their authors yet, with their delivery status.
select
    notes.note,
    notes.learner,
    notes.cohort,
    about,
    html,
    made_by,
    notes.made_at,
    message,
    deliveries.state,
    deliveries.reason,
    deliveries.due_at,
    told_at
from notes
inner join deliveries
    on
        notes.learner = deliveries.learner
        and deliveries.kind in ('note', 'answer')
        and deliveries.subject = cast(notes.note as text)
where told_at is null and deliveries.state not in ('claimed', 'sending')
order by notes.made_at;

-- name: mark_note_reported(note, at)!
-- Records that the result was reported to the note's author.
update notes set told_at = :at where note = :note and told_at is null;

-- name: set_note_message(note, message)!
-- Sets the message in the author's chat that shows the note's status.
update notes set message = :message where note = :note;

-- name: fetch_note_status(note)
-- Fetches the delivery status of a note.
select
    deliveries.state,
    deliveries.reason,
    deliveries.due_at,
    told_at
from notes
inner join deliveries
    on
        notes.learner = deliveries.learner
        and deliveries.kind in ('note', 'answer')
        and deliveries.subject = cast(notes.note as text)
where notes.note = :note;

-- name: send_note_anyway(note, waits, reason, at)!
-- Makes a note due that waits for the reason `waits`, and records why.
update deliveries set due_at = :at, reason = :reason
where kind = 'note' and subject = :note and state = 'queued' and reason = :waits;

-- name: withdraw_note(note)!
-- Cancels a note that is not being sent yet.
update deliveries set state = 'cancelled', reason = 'sender'
where kind = 'note' and subject = :note and state in ('queued', 'claimed');

-- name: mark_withdrawn_note_reported(note, at)!
-- Records that nothing is left to report of a note that its author withdrew; must run after `withdraw_note`.
update notes set told_at = :at
where
    note = :note and told_at is null
    and exists (
        select 1
        from deliveries
        where
            kind = 'note' and subject = cast(notes.note as text)
            and state = 'cancelled' and reason = 'sender'
    );
