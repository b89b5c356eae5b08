-- name: claim_deliveries(kind, holder, now, most)!
-- Claims due deliveries for one sender, longest overdue first.
update deliveries set state = 'claimed', holder = :holder, claimed_at = :now
where
    state = 'queued'
    and (recipient, kind, subject) in (
        select recipient, kind, subject
        from deliveries
        where kind = :kind and state = 'queued' and due_at <= :now
        order by due_at, recipient
        limit :most
    );

-- name: fetch_claimed_deliveries(holder)
-- Fetches what a sender has claimed and not begun.
select recipient, kind, subject, due_at, reason
from deliveries
where holder = :holder and state = 'claimed'
order by due_at, recipient;

-- name: queue_notice(recipient, kind, subject, at)!
-- Queues a message of no learner, once for its subject.
insert into deliveries (recipient, kind, subject, state, due_at, made_at)
values (:recipient, :kind, :subject, 'queued', :at, :at)
on conflict (recipient, kind, subject) do nothing;

-- name: begin_delivery(recipient, kind, subject, holder, at)!
-- Marks a delivery as being sent, just before its request; no effect if it was taken away.
update deliveries set state = 'sending', sent_at = :at
where
    recipient = :recipient and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending');

-- name: mark_proactive_sent(recipient, kind, subject, holder, at)!
-- Records the time of the learner's last unasked message; must run after `begin_delivery`.
update learners set proactive_at = :at
where
    learner = :recipient
    and exists (
        select 1
        from deliveries
        where
            recipient = :recipient and kind = :kind and subject = :subject
            and holder = :holder and state = 'sending'
    );

-- name: fetch_delivery_state(recipient, kind, subject)
-- Fetches a delivery's state and holder.
select state, holder
from deliveries
where recipient = :recipient and kind = :kind and subject = :subject;

-- name: record_delivery_result(recipient, kind, subject, holder, state, reason, message_id)!
-- Records the result of a delivery, also of one that was marked as unknown because its sender seemed dead.
update deliveries set state = :state, reason = :reason, message_id = :message_id
where
    recipient = :recipient and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending', 'unknown');

-- name: clear_proactive_sent(recipient, kind, subject, holder)!
-- Clears the time of the learner's last unasked message, as this one surely was not sent; must run before the delivery's state
-- changes. The earlier time need not be restored: it did not prevent this message.
update learners set proactive_at = null
where
    learner = :recipient
    and exists (
        select 1
        from deliveries
        where
            recipient = :recipient and kind = :kind and subject = :subject
            and holder = :holder and state = 'sending' and sent_at = learners.proactive_at
    );

-- name: requeue_delivery(recipient, kind, subject, holder, due_at, reason)!
-- Queues a delivery again that surely was not sent.
update deliveries set state = 'queued', due_at = :due_at, reason = :reason, holder = null, sent_at = null
where
    recipient = :recipient and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending');

-- name: cancel_requeued_delivery(recipient, kind, subject)!
-- Cancels a requeued delivery of a broadcast that was cancelled, stopped or deleted meanwhile; must run after
-- `requeue_delivery`.
update deliveries set state = 'cancelled', reason = 'sender'
where
    recipient = :recipient and kind = :kind and subject = :subject
    and kind = 'broadcast' and state = 'queued'
    and exists (
        select 1
        from broadcasts
        where
            cast(broadcasts.broadcast as text) = deliveries.subject
            and broadcasts.state in ('cancelled', 'stopped', 'undoing', 'undone')
    );

-- name: requeue_orphaned_deliveries(holder)!
-- Requeues what other senders had claimed and not begun. No effect without the lease.
update deliveries set state = 'queued', holder = null
where
    state = 'claimed' and holder <> :holder
    and exists (
        select 1
        from leases
        where name = 'outbox' and leases.holder = :holder
    );

-- name: mark_orphaned_deliveries_unknown(holder)!
-- Marks what other senders had begun as unknown, since it may have been sent. No effect without the lease.
update deliveries set state = 'unknown', reason = 'interrupted'
where
    state = 'sending' and holder <> :holder
    and exists (
        select 1
        from leases
        where name = 'outbox' and leases.holder = :holder
    );

-- name: requeue_claimed_deliveries(holder)!
-- Requeues what this sender has claimed and not begun.
update deliveries set state = 'queued', holder = null where state = 'claimed' and holder = :holder;

-- name: mark_begun_deliveries_unknown(holder)!
-- Marks what this sender has begun as unknown, since it may have been sent.
update deliveries set state = 'unknown', reason = 'interrupted'
where state = 'sending' and holder = :holder;

-- name: move_deliveries(recipient, moved_to)!
-- Replaces a group's id in what waits for it, after Telegram migrated it.
update deliveries set recipient = :moved_to
where recipient = :recipient and state in ('queued', 'claimed');

-- name: delete_deliveries_to(recipient)!
-- Deletes all messages to a person, sent or queued.
delete from deliveries where recipient = :recipient;

-- name: supersede_reminders(learner, opportunity, at)!
-- Cancels waiting reminders of earlier due reminders; must run after `take_due_reminder`.
update deliveries set state = 'cancelled', reason = 'superseded'
where
    learner = :learner and kind = 'nudge' and state in ('queued', 'claimed') and subject <> :opportunity
    and exists (
        select 1
        from learners
        where learners.learner = :learner and nudged_at = :at
    );

-- name: cancel_reminders(learner, reason)!
-- Cancels a learner's reminders that are not being sent yet.
update deliveries set state = 'cancelled', reason = :reason
where learner = :learner and kind = 'nudge' and state in ('queued', 'claimed');

-- name: fetch_outbox_work(holder, now)
-- Returns one row when a delivery is due, or is held by another sender, who may be dead.
select 1 as some
where
    exists (
        select 1
        from deliveries
        where state = 'queued' and due_at <= :now
    )
    or exists (
        select 1
        from deliveries
        where state in ('claimed', 'sending') and holder <> :holder
    );

-- name: count_queued(kind, now)$
-- Counts queued deliveries of a kind that are due.
select count(*)
from deliveries
where kind = :kind and state = 'queued' and due_at <= :now;

-- name: count_deliveries()
-- Counts all deliveries by kind and state.
select kind, state, count(*) as count
from deliveries
group by kind, state
order by kind, state;

-- name: acquire_lease(lease, holder, now, until)!
-- Acquires or renews a lease, which one process holds at a time; no effect while another one holds it. A lease that has more than
-- twice its duration left was written before the clock was set back, and is taken over.
insert into leases (name, holder, until)
values (:lease, :holder, :until)
on conflict (name) do update set
    holder = excluded.holder,
    until = excluded.until
where
leases.holder = excluded.holder
or leases.until <= :now
or leases.until - excluded.until > excluded.until - :now;

-- name: fetch_lease(lease)
-- Fetches the holder of a lease and its end.
select holder, until
from leases
where name = :lease;

-- name: release_lease(lease, holder)!
-- Releases a lease.
delete from leases where name = :lease and holder = :holder;

-- name: count_overdue_deliveries(now)
-- Counts deliveries that are due and not being sent, by kind.
select kind, count(*) as count
from deliveries
where state in ('queued', 'claimed') and due_at <= :now
group by kind
order by kind;

-- name: cancel_overdue_deliveries(now)!
-- Cancels all deliveries that are due and not being sent.
update deliveries set state = 'cancelled', reason = 'sender'
where state in ('queued', 'claimed') and due_at <= :now;
