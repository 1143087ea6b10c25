namespace KCallbacks.Tool;

/// <summary>What the tool tells the program that started it.</summary>
internal enum ExitCode
{
    /// <summary>All input was read, and its state is none of those that alert.</summary>
    Fine = 0,

    /// <summary>All input was read, and the state of at least one alerts: a deadlock or a blocked UI thread, unless other states were named.</summary>
    Alert = 1,

    /// <summary>Wrong options, or input that could not be read to its end; what could be read is reported.</summary>
    InputError = 2,

    /// <summary>All input was read and nothing alerts, but not every thread could be judged.</summary>
    Unclear = 3,

    /// <summary>Stopped by Ctrl+C or a signal; what was done is kept. Shells give this number to programs that end so.</summary>
    Stopped = 130,
}
