-- name: add_request(request, learner, cohort, item, said, at, most)!
-- Inserts a support request of a member, unless they have `most` unanswered ones.
insert into requests (request, learner, cohort, item, said, at)
select
    cast(:request as bigint) as request,
    learner,
    cohort,
    cast(:item as text) as item,
    cast(:said as text) as said,
    cast(:at as bigint) as at
from memberships
where
    learner = :learner and cohort = :cohort and left_at is null
    and (
        select count(*)
        from requests as waiting
        where waiting.learner = :learner and waiting.answered_at is null
    ) < :most
on conflict (request) do nothing;

-- name: queue_request_notification(request, recipient, subject, at)!
-- Queues the notification of a facilitator about a request, once; must run after `add_request`. Deleted with whoever asked.
insert into deliveries (recipient, learner, kind, subject, state, due_at, made_at)
select
    cast(:recipient as bigint) as recipient,
    learner,
    'question' as kind,
    cast(:subject as text) as subject,
    'queued' as state,
    cast(:at as bigint) as due_at,
    cast(:at as bigint) as made_at
from requests
where request = :request
on conflict (recipient, kind, subject) do nothing;

-- name: fetch_request(request)
-- Fetches one request of a current member.
select
    request,
    requests.learner,
    requests.cohort,
    item,
    said,
    requests.at,
    taken_by,
    answered_at,
    memberships.membership,
    memberships.name,
    memberships.pseudonym
from requests
inner join memberships on requests.learner = memberships.learner and requests.cohort = memberships.cohort
where request = :request and left_at is null;

-- name: fetch_waiting_requests(cohort, skip, most)
-- Fetches the unanswered requests of a cohort, oldest first.
select
    request,
    requests.learner,
    requests.cohort,
    item,
    said,
    requests.at,
    taken_by,
    answered_at,
    memberships.membership,
    memberships.name,
    memberships.pseudonym
from requests
inner join memberships on requests.learner = memberships.learner and requests.cohort = memberships.cohort
where requests.cohort = :cohort and answered_at is null and left_at is null
order by requests.at, request
limit :most offset :skip;

-- name: count_waiting_requests(cohort, since)
-- Counts the unanswered requests of a cohort, and those of them after `since`.
select
    count(*) as waiting,
    coalesce(sum(case when requests.at > :since then 1 else 0 end), 0) as fresh
from requests
inner join memberships on requests.learner = memberships.learner and requests.cohort = memberships.cohort
where requests.cohort = :cohort and answered_at is null and left_at is null;

-- name: take_request(request, person, anew)!
-- Assigns a request to a facilitator; one that another has taken only with `anew`.
update requests set taken_by = :person
where
    request = :request and answered_at is null
    and (taken_by is null or taken_by = :person or cast(:anew as smallint) = 1);

-- name: release_request(request, person)!
-- Releases a request that a facilitator has taken.
update requests set taken_by = null where request = :request and taken_by = :person and answered_at is null;

-- name: mark_request_answered(request, note, at)!
-- Marks a request as answered by a note; must run after `add_note`.
update requests set answered_at = :at
where
    request = :request and answered_at is null
    and exists (
        select 1
        from notes
        where notes.note = :note
    );

-- name: add_shown_message(chat, message_id, request, at)!
-- Keeps in which message of somebody's chat a request can be read.
insert into shown_questions (chat, message_id, request, at)
values (:chat, :message_id, :request, :at)
on conflict (chat, message_id, request) do nothing;

-- name: fetch_messages_to_erase(since, most)
-- Messages that show a request whose learner's data was deleted, as far as they can still be deleted.
select distinct
    chat,
    message_id
from shown_questions
where
    at > :since
    and not exists (
        select 1
        from requests
        where requests.request = shown_questions.request
    )
order by chat, message_id
limit :most;

-- name: delete_shown_message(chat, message_id)!
-- The message is gone, or cannot be deleted.
delete from shown_questions where chat = :chat and message_id = :message_id;

-- name: delete_shown_messages_before(until)!
-- Forgets messages that cannot be deleted any more.
delete from shown_questions where at <= :until;

-- name: delete_shown_messages_in_chat(chat)!
-- Forgets what somebody was shown, who has their own data deleted.
delete from shown_questions where chat = :chat;
