-- name: add_note(note, learner, cohort, about, html, made_by, at, message)!
-- Keeps what a facilitator writes to one member; of two who write for the same thing the first one does.
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
-- Puts it into the outbox; stands behind `add_note`.
insert into deliveries (learner, kind, subject, state, due_at, made_at)
select
    learner,
    cast(:kind as text) as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from notes
where note = :note and learner = :learner
on conflict (learner, kind, subject) do nothing;

-- name: note(note)
-- One note.
select note, learner, cohort, about, html, made_by, made_at, message
from notes
where note = :note;

-- name: notes_about(learner, cohort, about)
-- How often facilitators wrote to a member for one kind of thing.
select count(*) as count
from notes
where learner = :learner and cohort = :cohort and about like :about;

-- name: notes_to_tell()
-- Notes of which their writer has not heard the end, with where they stand.
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

-- name: note_told(note, at)!
-- Its writer has heard the end.
update notes set told_at = :at where note = :note and told_at is null;

-- name: note_shown(note, message)!
-- In which message its writer reads how it goes.
update notes set message = :message where note = :note;

-- name: state_of_note(note)
-- Where one stands.
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
