-- name: add_invitation(digest, kind, cohort, expires_at, most_uses, made_by, made_at)!
-- Makes an invitation.
insert into invitations (digest, kind, cohort, expires_at, most_uses, made_by, made_at)
values (:digest, :kind, :cohort, :expires_at, :most_uses, :made_by, :made_at)
on conflict do nothing;

-- name: revoke_invitations(cohort, at)!
-- Makes every link into a cohort useless.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'cohort' and revoked_at is null;

-- name: revoke_group_links(cohort, at)!
-- Makes the links into a cohort useless by which more than one person may come.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'cohort' and most_uses > 1 and revoked_at is null;

-- name: revoke_grants(cohort, at)!
-- Makes every link that would make somebody a facilitator of a cohort useless.
update invitations set revoked_at = :at
where cohort = :cohort and kind = 'facilitator' and used_by is null and revoked_at is null;

-- name: revoke_general_grants(at)!
-- Makes every link that would give somebody a role without a cohort useless.
update invitations set revoked_at = :at
where cohort is null and used_by is null and revoked_at is null;

-- name: invitation_for(digest, person, since)
-- What a link leads to, if anywhere, and how often somebody has tried others since a time.
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

-- name: invitations_of(cohort, now)
-- The links into a cohort that may still serve, the newest first.
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

-- name: use_link(digest, learner, at)!
-- Notes on a link for one person who joined by it, so that it serves nobody else when they have left. Stands behind `join_cohort`.
update invitations set used_by = :learner, used_at = :at
where
    digest = :digest and kind = 'cohort' and most_uses = 1 and used_by is null
    and exists (
        select 1
        from memberships
        where memberships.learner = :learner and memberships.invitation = :digest and memberships.left_at is null
    );

-- name: take_grant(digest, person, at)!
-- Somebody takes what a link offers that serves once; the first one wins. Comes before it is given.
update invitations set used_by = :person, used_at = :at
where digest = :digest and kind <> 'cohort' and used_by is null and revoked_at is null and expires_at > :at;

-- name: give_role(digest, person, role, at)!
-- Gives whoever took the link its role.
insert into roles (person, role, granted_by, at)
select
    cast(:person as bigint) as person,
    cast(:role as text) as role,
    made_by,
    cast(:at as bigint) as at
from invitations
where digest = :digest and cohort is null and kind = :role and used_by = :person and used_at = :at
on conflict do nothing;

-- name: give_cohort(digest, person, at)!
-- Gives whoever took the link its cohort; the daily summary comes as they set it for the others.
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

-- name: add_try(person, update_id, at)!
-- Counts a link that led nowhere.
insert into tries (person, update_id, at)
values (:person, :update_id, :at)
on conflict do nothing;

-- name: drop_tries(deadline)!
-- Forgets tries of long ago.
delete from tries where at < :deadline;

-- name: drop_tries_of(person)!
-- Forgets what somebody tried.
delete from tries where person = :person;

-- name: drop_invitations(deadline)!
-- Forgets links that ended long ago.
delete from invitations where expires_at < :deadline;

-- name: add_key(name, content)!
-- Keeps a key, unless there is one.
insert into keys (name, content)
values (:name, :content)
on conflict do nothing;

-- name: key(name)
-- The key of that name.
select content
from keys
where name = :name;
