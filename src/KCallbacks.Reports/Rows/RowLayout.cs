namespace KCallbacks.Reports.Rows;

/// <summary>
/// Where the columns of a row begin. They stand at the same places in every output of a width; a long cell takes the blanks of its
/// neighbours first, and <c>In</c> is cut before <c>Waits for</c>. Numbers, arrows and keywords are never cut.
/// </summary>
/// <param name="In">Where the callback begins.</param>
/// <param name="WaitsFor">Where the wait begins.</param>
/// <param name="Owner">Where the owner begins.</param>
/// <param name="Rest">Where the columns of wide pages begin.</param>
internal readonly record struct RowLayout(int In, int WaitsFor, int Owner, int Rest)
{
    /// <summary>Narrowest a column of names gets.</summary>
    private const int Narrow = 14;

    /// <summary>Whether a cell of these lengths is cut.</summary>
    public bool Cuts((int In, int WaitsFor, int Owner) needs) => In + needs.In >= WaitsFor || WaitsFor + needs.WaitsFor >= Owner;

    /// <summary>Lays out a page.</summary>
    /// <param name="usual">Where the columns stand on a page of that width.</param>
    /// <param name="left">Where the numbers end.</param>
    /// <param name="needs">The longest cells of <c>In</c>, <c>Waits for</c> and the owner.</param>
    /// <param name="end">Where the owner's column ends.</param>
    public static RowLayout Of((int WaitsFor, int Owner) usual, int left, (int In, int WaitsFor, int Owner) needs, int end)
    {
        int start = left + 2;
        int owner = Math.Min(usual.Owner, end - needs.Owner);
        if (usual.WaitsFor + needs.WaitsFor >= owner)
            owner = Math.Max(owner, Math.Min(end - needs.Owner, usual.WaitsFor + needs.WaitsFor + 1));
        int waits = Math.Min(usual.WaitsFor, owner - 1 - Math.Min(needs.WaitsFor, owner));
        if (start + needs.In >= waits)
        {
            // First the blanks of the wait, then those before the owner, then one of the gap.
            int wanted = start + needs.In + 1;
            waits = Math.Max(waits, Math.Min(wanted, owner - 1 - needs.WaitsFor));
            if (waits < wanted && owner < end - needs.Owner)
            {
                int more = Math.Min(wanted - waits, end - needs.Owner - owner);
                (waits, owner) = (waits + more, owner + more);
            }

            if (start + needs.In >= waits)
                start--;
        }

        waits = Math.Max(waits, start + Math.Min(Narrow, needs.In) + 1);
        return new RowLayout(start, waits, Math.Max(owner, waits + Math.Min(Narrow, needs.WaitsFor) + 1), end);
    }
}
