namespace KCallbacks.Tool.Inputs;

/// <summary>A file that the words of a command line name.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Name">Its path below the folder that was named, which is the same wherever that folder lies; the path itself where no folder was named.</param>
/// <param name="Problem">Why there is none; null when there may be one.</param>
internal sealed record NamedFile(string Path, string Name, InputException? Problem = null);
