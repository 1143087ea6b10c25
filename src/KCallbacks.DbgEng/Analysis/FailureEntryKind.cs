namespace KCallbacks.DbgEng.Analysis;

/// <summary>What an entry of an analysis holds (<c>FA_ENTRY_TYPE</c> of <c>extsfns.h</c>).</summary>
public enum FailureEntryKind : uint
{
    /// <summary>A text.</summary>
    Text = 5,

    /// <summary>A command of the debugger.</summary>
    Command = 7,
}
