using System.CommandLine.Parsing;

namespace KCallbacks.Tool;

/// <summary>The option that names a folder of images.</summary>
internal static class ImagesOption
{
    /// <summary>Refuses a folder that is not there.</summary>
    public static void Check(OptionResult given)
    {
        if (given.Tokens is [var folder] && !Directory.Exists(folder.Value))
            given.AddError($"--images {folder.Value}: there is no such folder.");
    }
}
