using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Hangs;

/// <summary>
/// How many threads each one holds up, directly or through others. A thread counts on the chain of its first known owner, so that the
/// cost is linear.
/// </summary>
internal static class HoldCounts
{
    private const int Nobody = -1;

    /// <summary>The counts, in the order of the states.</summary>
    public static int[] Of(HangThread[] states, Dictionary<int, int> byPosition)
    {
        int[] owners = new int[states.Length];
        int[] left = new int[states.Length];
        for (int i = 0; i < states.Length; i++)
        {
            owners[i] = OwnerOf(states[i], byPosition);
            if (owners[i] != Nobody)
                left[owners[i]]++;
        }

        int[] held = new int[states.Length];
        var free = new Stack<int>();
        for (int i = 0; i < states.Length; i++)
        {
            if (left[i] == 0)
                free.Push(i);
        }

        while (free.TryPop(out int waiter))
        {
            int owner = owners[waiter];
            if (owner == Nobody)
                continue;
            held[owner] += held[waiter] + 1;
            if (--left[owner] == 0)
                free.Push(owner);
        }

        AddCircles(owners, left, held);
        return held;
    }

    /// <summary>Whoever is left stands in a circle, and holds up all others of it with those behind them.</summary>
    private static void AddCircles(int[] owners, int[] left, int[] held)
    {
        var circle = new List<int>();
        for (int i = 0; i < owners.Length; i++)
        {
            if (left[i] == 0)
                continue;
            circle.Clear();
            int all = 0;
            for (int node = i; left[node] > 0; node = owners[node])
            {
                left[node] = 0;
                circle.Add(node);
                all += held[node] + 1;
            }

            foreach (int node in circle)
                held[node] = all - 1;
        }
    }

    private static int OwnerOf(HangThread state, Dictionary<int, int> byPosition)
    {
        if (state.Waits is not { } waits || state.IsAnswered)
            return Nobody;
        foreach (Wait wait in waits.Waits)
        {
            if (wait.Proof == WaitProof.Unknown)
                continue;
            foreach (WaitOwner owner in wait.Owners)
            {
                if (owner.Position is { } position && byPosition.TryGetValue(position, out int index))
                    return index;
            }
        }

        return Nobody;
    }
}
