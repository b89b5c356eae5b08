-- name: join_cohort(learner, membership, digest, name, pseudonym, at)!
-- Adds a learner to a cohort, if the invitation is valid, the cohort open and not full. A former member is reactivated.
insert into memberships (learner, cohort, membership, invitation, name, pseudonym, joined_at)
select
    cast(:learner as bigint) as learner,
    cohorts.cohort,
    cast(:membership as bigint) as membership,
    invitations.digest,
    cast(:name as text) as name,
    cast(:pseudonym as text) as pseudonym,
    cast(:at as bigint) as at
from invitations
inner join cohorts on invitations.cohort = cohorts.cohort
where
    invitations.digest = :digest
    and invitations.kind = 'cohort'
    and invitations.used_by is null
    and invitations.revoked_at is null
    and invitations.expires_at > :at
    and cohorts.state = 'open'
    and (
        select count(*)
        from memberships as peers
        where peers.invitation = invitations.digest and peers.learner <> :learner
    ) < invitations.most_uses
    and (
        cohorts.capacity is null
        or (
            select count(*)
            from memberships as peers
            where peers.cohort = cohorts.cohort and peers.left_at is null and peers.learner <> :learner
        ) < cohorts.capacity
    )
on conflict (learner, cohort) do update set
    invitation = excluded.invitation,
    name = excluded.name,
    joined_at = excluded.joined_at,
    left_at = null
where memberships.left_at is not null;

-- name: leave_cohort(learner, cohort, at)!
-- Ends a membership, and erases the name that the learner chose there.
update memberships set left_at = :at, name = null where learner = :learner and cohort = :cohort and left_at is null;

-- name: set_display_name(learner, name)!
-- Sets a learner's display name in all their cohorts; null for the pseudonym.
update memberships set name = :name where learner = :learner and left_at is null;

-- name: fetch_memberships(learner)
-- Fetches a learner's memberships, oldest first.
select
    memberships.membership,
    memberships.learner,
    memberships.cohort,
    memberships.name,
    memberships.pseudonym,
    memberships.joined_at,
    cohorts.name as cohort_name,
    cohorts.deadline,
    cohorts.zone,
    cohorts.state
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where memberships.learner = :learner and memberships.left_at is null
order by memberships.joined_at, memberships.membership;

-- name: fetch_membership(membership)
-- Fetches one membership that has not ended.
select
    memberships.membership,
    memberships.learner,
    memberships.cohort,
    memberships.name,
    memberships.pseudonym,
    memberships.joined_at,
    cohorts.name as cohort_name,
    cohorts.deadline,
    cohorts.zone,
    cohorts.state
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where memberships.membership = :membership and memberships.left_at is null;

-- name: fetch_members(cohort, skip, most)
-- Fetches the members of a cohort, newest first.
select
    memberships.membership,
    memberships.learner,
    memberships.cohort,
    memberships.name,
    memberships.pseudonym,
    memberships.joined_at,
    cohorts.name as cohort_name,
    cohorts.deadline,
    cohorts.zone,
    cohorts.state
from memberships
inner join cohorts on memberships.cohort = cohorts.cohort
where memberships.cohort = :cohort and memberships.left_at is null
order by memberships.joined_at desc, memberships.membership desc
limit :most offset :skip;

-- name: fetch_taken_pseudonyms(cohort, learner, one, two, three)
-- Fetches which of three pseudonyms others have or had in a cohort.
select pseudonym
from memberships
where cohort = :cohort and learner <> :learner and pseudonym in (:one, :two, :three);
