namespace KCallbacks.Reports.Markup;

/// <summary>The page that text is set on.</summary>
internal static class Page
{
    /// <summary>Characters a table is fitted into.</summary>
    public const int Width = 100;

    /// <summary>The same in kernel sessions, whose rows hold addresses and processes too.</summary>
    public const int KernelWidth = 150;

    /// <summary>Characters that a user may ask for.</summary>
    public const int Narrowest = 60;

    /// <summary>The most of them.</summary>
    public const int Widest = 1_000;

    /// <summary>What stands below a row begins so.</summary>
    public const string Indent = "      ";
}
