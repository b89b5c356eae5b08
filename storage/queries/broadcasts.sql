-- name: save_broadcast_draft(broadcast, made_by, made_at, audience, content, send_at, local_hour, weekly, urgent)!
-- Inserts a draft or updates it; no effect once it was sent.
insert into broadcasts (broadcast, made_by, made_at, audience, content, send_at, local_hour, weekly, urgent, state)
values (:broadcast, :made_by, :made_at, :audience, :content, :send_at, :local_hour, :weekly, :urgent, 'draft')
on conflict (broadcast) do update set
    audience = excluded.audience,
    content = excluded.content,
    send_at = excluded.send_at,
    local_hour = excluded.local_hour,
    weekly = excluded.weekly,
    urgent = excluded.urgent
where broadcasts.state = 'draft';

-- name: schedule_broadcast(broadcast, send_at, chat, message_id, audience, content, seen_at, local_hour, weekly, urgent)!
-- Schedules a draft; of two people who do so the first one wins. No effect if it differs from what they saw.
update broadcasts set
    state = 'scheduled',
    send_at = :send_at,
    progress_chat = :chat,
    progress_message = :message_id
where
    broadcast = :broadcast and state = 'draft'
    and audience = :audience and content = :content
    and coalesce(broadcasts.send_at, -1) = :seen_at and coalesce(broadcasts.local_hour, -1) = :local_hour
    and weekly = :weekly and urgent = :urgent;

-- name: reopen_broadcast(broadcast, subject)!
-- Makes a scheduled broadcast a draft again, unless it has deliveries already.
update broadcasts set
    state = 'draft',
    progress_chat = null,
    progress_message = null
where
    broadcast = :broadcast and state = 'scheduled'
    and not exists (
        select 1
        from deliveries
        where kind = 'broadcast' and subject = :subject
    );

-- name: cancel_broadcast(broadcast, subject)!
-- Cancels a broadcast that has no deliveries yet.
update broadcasts set state = 'cancelled'
where
    broadcast = :broadcast and state in ('draft', 'scheduled')
    and not exists (
        select 1
        from deliveries
        where kind = 'broadcast' and subject = :subject
    );

-- name: start_sending_broadcast(broadcast)!
-- Marks a broadcast as being sent, once its whole audience has deliveries.
update broadcasts set state = 'sending' where broadcast = :broadcast and state = 'scheduled';

-- name: repeat_broadcast(broadcast, repetition, send_at)!
-- Inserts its repetition a week later; must run before `start_sending_broadcast`.
insert into broadcasts (
    broadcast, made_by, made_at, audience, content, send_at, local_hour, weekly, urgent, state, progress_chat
)
select
    cast(:repetition as bigint) as broadcast,
    made_by,
    made_at,
    audience,
    content,
    cast(:send_at as bigint) as send_at,
    local_hour,
    weekly,
    urgent,
    'scheduled' as state,
    progress_chat
from broadcasts
where broadcasts.broadcast = :broadcast and state = 'scheduled'
on conflict (broadcast) do nothing;

-- name: stop_broadcast(broadcast)!
-- Stops a broadcast, also while its deliveries are still being inserted.
update broadcasts set state = 'stopped' where broadcast = :broadcast and state in ('scheduled', 'sending');

-- name: cancel_broadcast_deliveries(broadcast, subject, state)!
-- Cancels deliveries that are not being sent yet, if the broadcast is in the given state; must run after the change of state.
update deliveries set state = 'cancelled', reason = 'sender'
where
    kind = 'broadcast' and subject = :subject and state in ('queued', 'claimed')
    and exists (
        select 1
        from broadcasts
        where broadcasts.broadcast = :broadcast and broadcasts.state = :state
    );

-- name: finish_broadcast(broadcast, subject)!
-- Marks a broadcast as done, unless a delivery is queued, claimed or being sent.
update broadcasts set state = 'done'
where
    broadcast = :broadcast and state = 'sending'
    and not exists (
        select 1
        from deliveries
        where kind = 'broadcast' and subject = :subject and deliveries.state in ('queued', 'claimed', 'sending')
    );

-- name: start_deleting_broadcast(broadcast)!
-- Stops a broadcast and marks its messages for deletion.
update broadcasts set state = 'undoing'
where broadcast = :broadcast and state in ('scheduled', 'sending', 'stopped', 'done');

-- name: mark_broadcast_deleted(broadcast)!
-- Marks a broadcast as deleted: every message that can be deleted is.
update broadcasts set state = 'undone' where broadcast = :broadcast and state = 'undoing';

-- name: retry_broadcast(broadcast, subject)!
-- Marks a broadcast as being sent again; must run after `retry_deliveries`.
update broadcasts set state = 'sending'
where
    broadcast = :broadcast and state in ('done', 'stopped')
    and exists (
        select 1
        from deliveries
        where kind = 'broadcast' and subject = :subject and deliveries.state = 'queued'
    );

-- name: clear_unknown_proactive(subject, failed)!
-- Clears the time of the last unasked message of learners whose delivery is retried, since it may not have arrived. Must run
-- before `retry_deliveries`.
update learners set proactive_at = null
where exists (
    select 1
    from deliveries
    where
        deliveries.learner = learners.learner and kind = 'broadcast' and subject = :subject
        and deliveries.state = :failed and sent_at = learners.proactive_at
);

-- name: retry_deliveries(broadcast, subject, failed, reason, at)!
-- Queues deliveries of a state and reason again.
update deliveries set state = 'queued', reason = null, due_at = :at, holder = null, sent_at = null
where
    kind = 'broadcast' and subject = :subject and state = :failed and reason = :reason
    and exists (
        select 1
        from broadcasts
        where broadcasts.broadcast = :broadcast and broadcasts.state in ('done', 'stopped', 'sending')
    );

-- name: set_progress_message(broadcast, chat, message)!
-- Sets the message that reports progress; no effect if the sender's data was deleted meanwhile.
update broadcasts set progress_message = :message where broadcast = :broadcast and progress_chat = :chat;

-- name: fetch_broadcast(broadcast)
-- Fetches one broadcast.
select
    broadcast,
    made_by,
    made_at,
    audience,
    content,
    send_at,
    local_hour,
    weekly,
    urgent,
    state,
    progress_chat,
    progress_message
from broadcasts
where broadcast = :broadcast;

-- name: fetch_broadcasts_to_send(now)
-- Fetches broadcasts that are due or being sent, oldest first.
select
    broadcast,
    made_by,
    made_at,
    audience,
    content,
    send_at,
    local_hour,
    weekly,
    urgent,
    state,
    progress_chat,
    progress_message
from broadcasts
where state in ('scheduled', 'sending') and send_at <= :now
order by send_at, broadcast;

-- name: fetch_broadcasts_to_delete()
-- Fetches broadcasts whose messages are being deleted.
select
    broadcast,
    made_by,
    made_at,
    audience,
    content,
    send_at,
    local_hour,
    weekly,
    urgent,
    state,
    progress_chat,
    progress_message
from broadcasts
where state = 'undoing'
order by broadcast;

-- name: fetch_broadcasts(person, until, most)
-- Fetches broadcasts, newest first; with `person`, only those that they created, or to a cohort that they facilitate: the
-- caller decides which part of each they may see.
select
    broadcast,
    made_by,
    made_at,
    audience,
    content,
    send_at,
    local_hour,
    weekly,
    urgent,
    state,
    progress_chat,
    progress_message
from broadcasts
where
    coalesce(send_at, made_at) < :until
    and (
        cast(:person as bigint) is null
        or made_by = :person
        or exists (
            select 1
            from facilitators
            where
                facilitators.person = :person
                and replace(
                    replace(replace(audience, '[', ','), ']', ','),
                    ',' || cast(facilitators.cohort as text) || ',',
                    ''
                ) <> replace(replace(audience, '[', ','), ']', ',')
        )
    )
order by coalesce(send_at, made_at) desc, broadcast desc
limit :most;

-- name: fetch_planned_broadcasts(since)
-- Fetches scheduled broadcasts and drafts with a time after `since`, latest first.
select
    broadcast,
    made_by,
    made_at,
    audience,
    content,
    send_at,
    local_hour,
    weekly,
    urgent,
    state,
    progress_chat,
    progress_message
from broadcasts
where state in ('draft', 'scheduled') and send_at > :since
order by send_at desc, broadcast desc;

-- name: add_broadcast_delivery(broadcast, learner, subject, state, reason, due_at, at)!
-- Inserts a learner's delivery, queued or skipped with a reason; at most one for each learner.
-- No effect if the broadcast was cancelled meanwhile.
insert into deliveries (recipient, learner, kind, subject, state, reason, due_at, made_at)
select
    learner as recipient,
    learner,
    'broadcast' as kind,
    cast(:subject as text) as subject,
    cast(:state as text) as state,
    cast(:reason as text) as reason,
    cast(:due_at as bigint) as due_at,
    cast(:at as bigint) as made_at
from learners
where
    learner = :learner
    and exists (
        select 1
        from broadcasts
        where broadcasts.broadcast = :broadcast and broadcasts.state = 'scheduled'
    )
on conflict (recipient, kind, subject) do nothing;

-- name: mark_delivery_deleted(learner, subject)!
-- Marks a sent message as deleted.
update deliveries set state = 'deleted'
where learner = :learner and kind = 'broadcast' and subject = :subject and state = 'sent';

-- name: mark_delivery_undeletable(learner, subject)!
-- Marks a sent message as impossible to delete.
update deliveries set reason = 'not-deleted'
where learner = :learner and kind = 'broadcast' and subject = :subject and state = 'sent';

-- name: count_broadcast_deliveries(subject, part)
-- Counts a broadcast's deliveries by state and reason, with the earliest due time; with `part`, which has each cohort between
-- two commas, only those of current members of these cohorts who were members when the deliveries were inserted.
select state, reason, count(*) as count, min(due_at) as due_at
from deliveries
where
    kind = 'broadcast' and subject = :subject
    and (
        cast(:part as text) is null
        or exists (
            select 1
            from memberships
            where
                memberships.learner = deliveries.learner and left_at is null and joined_at <= deliveries.made_at
                and replace(cast(:part as text), ',' || cast(memberships.cohort as text) || ',', '') <> cast(:part as text)
        )
    )
group by state, reason
order by state, reason;

-- name: fetch_deletable_messages(subject, since, beyond, most)
-- Fetches messages that can still be deleted, in pages by learner.
select learner, message_id
from deliveries
where
    kind = 'broadcast' and subject = :subject and state = 'sent'
    and sent_at > :since and message_id is not null and reason is null
    and learner > :beyond
order by learner
limit :most;

-- name: fetch_recipients(subject, part, skip, most)
-- Fetches recipients with the result of their delivery; failed and unknown ones first; `part` as in
-- `count_broadcast_deliveries`.
select learner, state, reason, due_at, sent_at
from deliveries
where
    kind = 'broadcast' and subject = :subject
    and (
        cast(:part as text) is null
        or exists (
            select 1
            from memberships
            where
                memberships.learner = deliveries.learner and left_at is null and joined_at <= deliveries.made_at
                and replace(cast(:part as text), ',' || cast(memberships.cohort as text) || ',', '') <> cast(:part as text)
        )
    )
order by
    case state
        when 'failed' then 0
        when 'skipped' then 0
        when 'unknown' then 1
        when 'sending' then 2
        when 'queued' then 3
        when 'sent' then 5
        else 4
    end,
    learner
limit :most offset :skip;

-- name: set_rsvp(broadcast, learner, subject, choice, at)!
-- Stores a recipient's answer; replaces an earlier one.
insert into rsvps (broadcast, learner, choice, at)
select
    cast(:broadcast as bigint) as broadcast,
    learner,
    cast(:choice as smallint) as choice,
    cast(:at as bigint) as at
from deliveries
where learner = :learner and kind = 'broadcast' and subject = :subject
on conflict (broadcast, learner) do update set choice = excluded.choice, at = excluded.at;

-- name: count_rsvps(broadcast, subject, part)
-- Counts how many chose each answer; `part` as in `count_broadcast_deliveries`.
select choice, count(*) as count
from rsvps
inner join deliveries on rsvps.learner = deliveries.learner and kind = 'broadcast' and subject = :subject
where
    broadcast = :broadcast
    and (
        cast(:part as text) is null
        or exists (
            select 1
            from memberships
            where
                memberships.learner = deliveries.learner and left_at is null and joined_at <= deliveries.made_at
                and replace(cast(:part as text), ',' || cast(memberships.cohort as text) || ',', '') <> cast(:part as text)
        )
    )
group by choice
order by choice;

-- name: fetch_member_candidates(cohort, beyond, most)
-- Fetches the members of a cohort for an audience, in pages by learner.
select
    learners.learner,
    language,
    learners.zone,
    quiet_from,
    quiet_to,
    stopped_at,
    unreachable_at,
    active_at,
    proactive_at,
    memberships.name,
    starts_at,
    deadline,
    cohorts.zone as cohort_zone,
    memberships.joined_at
from memberships
inner join learners on memberships.learner = learners.learner
inner join cohorts on memberships.cohort = cohorts.cohort
where
    memberships.cohort = :cohort and left_at is null and state <> 'archived'
    and learners.learner > :beyond
order by learners.learner
limit :most;

-- name: fetch_all_candidates(beyond, most)
-- Fetches all learners for an audience, in pages by learner, each with the first cohort of `fetch_learner_cohorts`.
select
    learners.learner,
    language,
    learners.zone,
    quiet_from,
    quiet_to,
    stopped_at,
    unreachable_at,
    active_at,
    proactive_at,
    memberships.name,
    starts_at,
    deadline,
    cohorts.zone as cohort_zone,
    coalesce(memberships.joined_at, learners.joined_at) as joined_at
from learners
left join memberships
    on
        learners.learner = memberships.learner
        and memberships.cohort = (
            select mine.cohort
            from memberships as mine
            inner join cohorts as theirs on mine.cohort = theirs.cohort
            where mine.learner = learners.learner and mine.left_at is null and theirs.state <> 'archived'
            order by coalesce(theirs.deadline, 9223372036854775807), mine.joined_at
            limit 1
        )
left join cohorts on memberships.cohort = cohorts.cohort
where learners.learner > :beyond
order by learners.learner
limit :most;

-- name: fetch_learner_cohorts(learner)
-- Fetches a learner's cohorts that are not archived, nearest deadline first.
select
    memberships.cohort,
    memberships.name,
    memberships.joined_at,
    starts_at,
    deadline,
    zone
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where memberships.learner = :learner and left_at is null and state <> 'archived'
order by coalesce(deadline, 9223372036854775807), memberships.joined_at;
