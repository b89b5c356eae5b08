-- name: fetch_held_roles(person)
-- Fetches a person's roles and the cohorts that they facilitate.
select
    role,
    null as cohort
from roles
where person = :person
union all
select
    'cohort' as role,
    cohort
from facilitators
where person = :person;

-- name: add_audit_entry(update_id, act, subject, detail, actor, at)!
-- Adds an entry to the audit log; no effect if the update has added it already.
insert into audit (update_id, act, subject, detail, actor, at)
values (:update_id, :act, :subject, :detail, :actor, :at)
on conflict do nothing;

-- name: add_audit_entry_of_grant(update_id, act, subject, detail, actor, at, digest)!
-- Notes that somebody took a link to a role, if it was they who got it. Stands behind `accept_grant`.
insert into audit (update_id, act, subject, detail, actor, at)
select
    cast(:update_id as bigint) as update_id,
    cast(:act as text) as act,
    cast(:subject as text) as subject,
    cast(:detail as text) as detail,
    cast(:actor as bigint) as actor,
    cast(:at as bigint) as at
from invitations
where digest = :digest and used_by = :actor and used_at = :at
on conflict do nothing;

-- name: add_audit_entry_of_request(update_id, act, subject, detail, actor, at, request)!
-- Notes that somebody took a request for help, if it was they who got it. Stands behind `take_request`.
insert into audit (update_id, act, subject, detail, actor, at)
select
    cast(:update_id as bigint) as update_id,
    cast(:act as text) as act,
    cast(:subject as text) as subject,
    cast(:detail as text) as detail,
    cast(:actor as bigint) as actor,
    cast(:at as bigint) as at
from requests
where request = :request and taken_by = :actor
on conflict do nothing;

-- name: add_audit_entry_of_note(update_id, act, subject, detail, actor, at)!
-- Notes that somebody wrote to a member, if nobody was faster. Stands behind `add_note`.
insert into audit (update_id, act, subject, detail, actor, at)
select
    cast(:update_id as bigint) as update_id,
    cast(:act as text) as act,
    cast(:subject as text) as subject,
    cast(:detail as text) as detail,
    cast(:actor as bigint) as actor,
    cast(:at as bigint) as at
from notes
where note = :update_id and made_by = :actor
on conflict do nothing;

-- name: fetch_audit_log(newest, newest_update, most)
-- Fetches entries of the audit log before a time and update, newest first.
select update_id, act, subject, detail, actor, at
from audit
where at < :newest or (at = :newest and update_id < :newest_update)
order by at desc, update_id desc
limit :most;

-- name: add_role(person, role, granted_by, at)!
-- Grants a role; no effect if the person has it already.
insert into roles (person, role, granted_by, at)
values (:person, :role, :granted_by, :at)
on conflict do nothing;

-- name: delete_role(person, role)!
-- Revokes a role.
delete from roles where person = :person and role = :role;

-- name: add_facilitator(person, cohort, at)!
-- Makes a person a facilitator of a cohort, with the digest hour of their other cohorts.
insert into facilitators (person, cohort, digest_hour, at)
values (
    :person,
    :cohort,
    case
        when exists (select 1 from facilitators as mine where mine.person = :person)
            then (
                select mine.digest_hour from facilitators as mine where mine.person = :person
                order by mine.at desc, mine.cohort desc
                limit 1
            )
        else 9
    end,
    :at
)
on conflict do nothing;

-- name: delete_facilitator(person, cohort)!
-- Removes a facilitator from a cohort.
delete from facilitators where person = :person and cohort = :cohort;

-- name: delete_all_roles(person)!
-- Deletes all roles of a person.
delete from roles where person = :person;

-- name: delete_all_facilitating(person)!
-- Removes a facilitator from all cohorts.
delete from facilitators where person = :person;

-- name: fetch_people_with_roles()
-- Fetches everybody with a role or a cohort to facilitate.
select person
from roles
union
select person
from facilitators;

-- name: fetch_facilitators(cohort)
-- Fetches the facilitators of a cohort, longest-serving first.
select person
from facilitators
where cohort = :cohort
order by at, person;

-- name: fetch_admins()
-- Fetches everybody with the role of admin.
select person
from roles
where role = 'admin'
order by at, person;

-- name: fetch_role_holders()
-- Fetches everybody with a role or a cohort, with the name of the cohort.
select
    facilitators.person,
    'facilitator' as role,
    facilitators.cohort,
    cohorts.name
from facilitators
inner join cohorts on facilitators.cohort = cohorts.cohort
where cohorts.state <> 'archived'
union all
select
    person,
    role,
    null as cohort,
    null as name
from roles;

-- name: erase_role_granter(person)!
-- Erases who granted a role.
update roles set granted_by = 0 where granted_by = :person;

-- name: erase_inviter(person)!
-- Erases who created an invitation.
update invitations set made_by = 0 where made_by = :person;

-- name: erase_invited(person)!
-- Forgets who took a link or joined by it, and when; it stays used.
update invitations set used_by = 0, used_at = null where used_by = :person;

-- name: erase_cohort_maker(person)!
-- Erases who created a cohort.
update cohorts set made_by = 0 where made_by = :person;

-- name: erase_broadcast_maker(person)!
-- Erases who created a broadcast, and the chat of its sender. Their drafts, and scheduled broadcasts that they sent, are
-- cancelled; what a colleague sent continues.
update broadcasts set
    made_by = case when made_by = :person then 0 else made_by end,
    progress_message = case when progress_chat = :person then null else progress_message end,
    progress_chat = case when progress_chat = :person then null else progress_chat end,
    state = case
        when state = 'draft' and made_by = :person then 'cancelled'
        when state = 'scheduled' and progress_chat = :person then 'cancelled'
        else state
    end
where made_by = :person or progress_chat = :person;

-- name: cancel_deliveries_of_cancelled()!
-- Cancels the deliveries of broadcasts that were cancelled while these were being inserted. Must run after
-- `erase_broadcast_maker`.
update deliveries set state = 'cancelled', reason = 'sender'
where
    kind = 'broadcast' and state in ('queued', 'claimed')
    and subject in (
        select cast(broadcast as text)
        from broadcasts
        where broadcasts.state = 'cancelled'
    );

-- name: erase_note_maker(person)!
-- Erases who wrote a note.
update notes set made_by = 0 where made_by = :person;

-- name: erase_request_helper(person)!
-- Erases who handled a support request.
update requests set taken_by = null where taken_by = :person;

-- name: save_role_name(person, name)!
-- Inserts or updates the name that a person with a role is shown by.
insert into role_names (person, name)
values (:person, :name)
on conflict (person) do update set name = excluded.name;

-- name: fetch_role_names()
-- Fetches all names that people chose for their roles.
select person, name
from role_names;

-- name: delete_role_name(person)!
-- Deletes the name that a person chose for their role.
delete from role_names where person = :person;
