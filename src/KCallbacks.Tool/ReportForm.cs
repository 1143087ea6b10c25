namespace KCallbacks.Tool;

/// <summary>How a report is written.</summary>
internal enum ReportForm
{
    /// <summary>The table that the extension prints.</summary>
    Table,

    /// <summary>One JSON object over several lines.</summary>
    Json,

    /// <summary>One JSON object per file, each on a line.</summary>
    JsonLines,
}
