-- name: claim_deliveries(kind, holder, now, most)!
-- Takes what is due into the hands of one sender, the latest first; who else tries finds it taken.
update deliveries set state = 'claimed', holder = :holder, claimed_at = :now
where
    state = 'queued'
    and (learner, kind, subject) in (
        select learner, kind, subject
        from deliveries
        where kind = :kind and state = 'queued' and due_at <= :now
        order by due_at, learner
        limit :most
    );

-- name: claimed_deliveries(holder)
-- What a sender has claimed and not begun.
select learner, kind, subject, due_at
from deliveries
where holder = :holder and state = 'claimed'
order by due_at, learner;

-- name: begin_delivery(learner, kind, subject, holder, at)!
-- The request is about to be written; nothing if somebody has taken the delivery away.
update deliveries set state = 'sending', sent_at = :at
where
    learner = :learner and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending');

-- name: begin_proactive(learner, kind, subject, holder, at)!
-- Remembers on the learner that something goes to them unasked; stands behind `begin_delivery`.
update learners set proactive_at = :at
where
    learner = :learner
    and exists (
        select 1
        from deliveries
        where
            deliveries.learner = :learner and kind = :kind and subject = :subject
            and holder = :holder and state = 'sending'
    );

-- name: state_of_delivery(learner, kind, subject)
-- Where a delivery stands, and in whose hands.
select state, holder
from deliveries
where learner = :learner and kind = :kind and subject = :subject;

-- name: settle_delivery(learner, kind, subject, holder, state, reason, message_id)!
-- What became of a delivery; one that was thought to be lost with its sender may be settled after all.
update deliveries set state = :state, reason = :reason, message_id = :message_id
where
    learner = :learner and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending', 'unknown');

-- name: forget_proactive(learner, kind, subject, holder)!
-- It was surely not sent, so it is not what the learner heard today; stands before what settles or requeues it. What they
-- heard before kept nothing from them when it was begun, so it need not come back.
update learners set proactive_at = null
where
    learner = :learner
    and exists (
        select 1
        from deliveries
        where
            deliveries.learner = :learner and kind = :kind and subject = :subject
            and holder = :holder and state = 'sending' and sent_at = learners.proactive_at
    );

-- name: requeue_delivery(learner, kind, subject, holder, due_at, reason)!
-- It was surely not sent: it waits again.
update deliveries set state = 'queued', due_at = :due_at, reason = :reason, holder = null, sent_at = null
where
    learner = :learner and kind = :kind and subject = :subject
    and holder = :holder and state in ('claimed', 'sending');

-- name: cancel_requeued(learner, kind, subject)!
-- A message that waits again, of a broadcast that was taken back while it was on its way, is taken back, too; stands behind
-- `requeue_delivery`.
update deliveries set state = 'cancelled', reason = 'sender'
where
    learner = :learner and kind = :kind and subject = :subject
    and kind = 'broadcast' and state = 'queued'
    and exists (
        select 1
        from broadcasts
        where
            cast(broadcasts.broadcast as text) = deliveries.subject
            and broadcasts.state in ('cancelled', 'stopped', 'undoing', 'undone')
    );

-- name: requeue_orphans(holder)!
-- What other senders had claimed and not begun waits again. Only for who holds the lease.
update deliveries set state = 'queued', holder = null
where
    state = 'claimed' and holder <> :holder
    and exists (
        select 1
        from leases
        where name = 'outbox' and leases.holder = :holder
    );

-- name: give_up_orphans(holder)!
-- What other senders had begun may have been sent: it is not sent again. Only for who holds the lease.
update deliveries set state = 'unknown', reason = 'interrupted'
where
    state = 'sending' and holder <> :holder
    and exists (
        select 1
        from leases
        where name = 'outbox' and leases.holder = :holder
    );

-- name: let_go(holder)!
-- What this sender has claimed and not begun waits again.
update deliveries set state = 'queued', holder = null where state = 'claimed' and holder = :holder;

-- name: give_up(holder)!
-- What this sender has begun may have been sent: it is not sent again.
update deliveries set state = 'unknown', reason = 'interrupted'
where state = 'sending' and holder = :holder;

-- name: supersede_nudges(learner, opportunity, at)!
-- Takes back what waits of earlier opportunities; stands behind `use_opportunity`.
update deliveries set state = 'cancelled', reason = 'superseded'
where
    learner = :learner and kind = 'nudge' and state in ('queued', 'claimed') and subject <> :opportunity
    and exists (
        select 1
        from learners
        where learners.learner = :learner and nudged_at = :at
    );

-- name: cancel_nudges(learner, reason)!
-- Takes back the nudges that are not on their way to a learner.
update deliveries set state = 'cancelled', reason = :reason
where learner = :learner and kind = 'nudge' and state in ('queued', 'claimed');

-- name: work_to_do(holder, now)
-- One row when something is due, or lies in the hands of another sender, who may be gone.
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
-- How many deliveries wait although they are due.
select count(*)
from deliveries
where kind = :kind and state = 'queued' and due_at <= :now;

-- name: delivery_counts()
-- How many deliveries of each kind there are in each state.
select kind, state, count(*) as count
from deliveries
group by kind, state
order by kind, state;

-- name: take_lease(lease, holder, now, until)!
-- Lets one run of the program do what only one may do; nothing while another one does it. A lease that goes on for more than
-- twice as long as any is given for was written by a clock that has gone back since: nobody keeps it.
insert into leases (name, holder, until)
values (:lease, :holder, :until)
on conflict (name) do update set
    holder = excluded.holder,
    until = excluded.until
where
leases.holder = excluded.holder
or leases.until <= :now
or leases.until - excluded.until > excluded.until - :now;

-- name: lease_of(lease)
-- Who does it, and until when at least.
select holder, until
from leases
where name = :lease;

-- name: drop_lease(lease, holder)!
-- Lets others do it.
delete from leases where name = :lease and holder = :holder;

-- name: waiting_deliveries(now)
-- How many deliveries of each kind are due and not on their way.
select kind, count(*) as count
from deliveries
where state in ('queued', 'claimed') and due_at <= :now
group by kind
order by kind;

-- name: take_back_waiting(now)!
-- Takes back all of them.
update deliveries set state = 'cancelled', reason = 'sender'
where state in ('queued', 'claimed') and due_at <= :now;
