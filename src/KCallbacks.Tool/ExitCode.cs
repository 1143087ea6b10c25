namespace KCallbacks.Tool;

/// <summary>What the tool tells the program that started it.</summary>
internal enum ExitCode
{
    /// <summary>All input was read, every thread was judged, and none is in a callback.</summary>
    NothingFound = 0,

    /// <summary>All input was read, at least one thread is in a callback.</summary>
    CallbacksFound = 1,

    /// <summary>Wrong options, or input that could not be read to its end; what could be read is reported.</summary>
    InputError = 2,

    /// <summary>All input was read and no callback found, but not every thread could be judged, or not surely.</summary>
    NotJudged = 3,
}
