-- name: add_invitation(digest, kind, cohort, expires_at, most_uses, made_by, made_at)!
-- Inserts an invitation.
insert into invitations (digest, kind, cohort, expires_at, most_uses, made_by, made_at)
values (:digest, :kind, :cohort, :expires_at, :most_uses, :made_by, :made_at)
on conflict do nothing;

-- name: revoke_invitations(cohort, at)!
-- Revokes every link for learners to a cohort.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'cohort' and revoked_at is null;

-- name: revoke_group_links(cohort, at)!
-- Revokes the links to a cohort that more than one person may use.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'cohort' and most_uses > 1 and revoked_at is null;

-- name: revoke_facilitator_grants(cohort, at)!
-- Revokes every unused link for facilitators of a cohort.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'facilitator' and used_by is null and revoked_at is null;

-- name: revoke_role_grants(at)!
-- Revokes every unused link for a role without a cohort.
update invitations set revoked_at = :at
where cohort is null and used_by is null and revoked_at is null;

-- name: fetch_invitation(digest, person, since)
-- Fetches an invitation, if any, and the number of a person's failed tries since a time.
select
    invitations.digest,
    invitations.kind,
    invitations.cohort,
    invitations.expires_at,
    invitations.most_uses,
    invitations.used_by,
    invitations.revoked_at,
    invitations.made_at,
    invitations.made_by,
    (
        select count(*)
        from memberships
        where memberships.invitation = invitations.digest
    ) as uses,
    (
        select count(*)
        from tries
        where tries.person = :person and tries.at > :since
    ) as tried
from (select 1 as one) as asked
left join invitations on invitations.digest = :digest;

-- name: fetch_cohort_invitations(cohort, now)
-- Fetches the links to a cohort that are neither revoked nor expired, newest first.
select
    digest,
    kind,
    cohort,
    expires_at,
    most_uses,
    used_by,
    revoked_at,
    made_at,
    made_by,
    (
        select count(*)
        from memberships
        where memberships.invitation = invitations.digest
    ) as uses
from invitations
where cohort = :cohort and kind = 'cohort' and revoked_at is null and expires_at > :now
order by made_at desc, digest desc;

-- name: mark_link_used(digest, learner, at)!
-- Notes on a link for one person who joined by it, so that it serves nobody else when they have left. Stands behind `join_cohort`.
update invitations set used_by = :learner, used_at = :at
where
    digest = :digest and kind = 'cohort' and most_uses = 1 and used_by is null
    and exists (
        select 1
        from memberships
        where memberships.learner = :learner and memberships.invitation = :digest and memberships.left_at is null
    );

-- name: accept_grant(digest, person, at)!
-- Marks a single-use link as used; the first person wins. Must run before the role or cohort is granted.
update invitations set used_by = :person, used_at = :at
where digest = :digest and kind <> 'cohort' and used_by is null and revoked_at is null and expires_at > :at;

-- name: grant_invited_role(digest, person, role, at)!
-- Grants the link's role to the person who used it.
insert into roles (person, role, granted_by, at)
select
    cast(:person as bigint) as person,
    cast(:role as text) as role,
    made_by,
    cast(:at as bigint) as at
from invitations
where digest = :digest and cohort is null and kind = :role and used_by = :person and used_at = :at
on conflict do nothing;

-- name: grant_invited_cohort(digest, person, at)!
-- Makes the person who used the link a facilitator of its cohort, with the digest hour of their other cohorts.
insert into facilitators (person, cohort, digest_hour, at)
select
    cast(:person as bigint) as person,
    cohort,
    case
        when exists (select 1 from facilitators as mine where mine.person = :person)
            then (
                select mine.digest_hour from facilitators as mine where mine.person = :person
                order by mine.at desc, mine.cohort desc
                limit 1
            )
        else 9
    end as digest_hour,
    cast(:at as bigint) as at
from invitations
where digest = :digest and cohort is not null and kind = 'facilitator' and used_by = :person and used_at = :at
on conflict do nothing;

-- name: add_failed_try(person, update_id, at)!
-- Records a try with an invalid link.
insert into tries (person, update_id, at)
values (:person, :update_id, :at)
on conflict do nothing;

-- name: delete_tries_before(deadline)!
-- Deletes failed tries from before `deadline`.
delete from tries where at < :deadline;

-- name: delete_tries_of(person)!
-- Deletes a person's failed tries.
delete from tries where person = :person;

-- name: delete_invitations_before(deadline)!
-- Deletes invitations that expired before `deadline`.
delete from invitations where expires_at < :deadline;

-- name: add_key(name, content)!
-- Inserts a secret key, unless there is one of that name.
insert into keys (name, content)
values (:name, :content)
on conflict do nothing;

-- name: fetch_key(name)
-- Fetches the secret key of that name.
select content
from keys
where name = :name;
