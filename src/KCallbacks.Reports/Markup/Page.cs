namespace KCallbacks.Reports.Markup;

/// <summary>The page that text is set on.</summary>
internal static class Page
{
    /// <summary>Characters a table is fitted into.</summary>
    public const int Width = 100;

    /// <summary>The same in kernel sessions, whose rows hold addresses and processes too.</summary>
    public const int KernelWidth = 150;
}
