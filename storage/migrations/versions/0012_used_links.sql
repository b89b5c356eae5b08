-- A link into a cohort that serves one person notes who that was, as links to a role do: a membership that ends tells it no more.
update invitations set
    used_by = (
        select min(memberships.learner)
        from memberships
        where memberships.invitation = invitations.digest
    ),
    used_at = (
        select min(memberships.joined_at)
        from memberships
        where memberships.invitation = invitations.digest
    )
where kind = 'cohort' and most_uses = 1;
