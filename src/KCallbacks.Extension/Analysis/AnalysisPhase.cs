namespace KCallbacks.Extension.Analysis;

/// <summary>When <c>!analyze</c> calls its plug-ins (<c>FA_EXTENSION_PLUGIN_PHASE</c> of <c>extsfns.h</c>).</summary>
internal enum AnalysisPhase : uint
{
    /// <summary>The failure is known, nothing else.</summary>
    Initialization = 1,

    /// <summary>The faulting stack was analysed.</summary>
    StackAnalysis = 2,

    /// <summary>The bucket is about to be made.</summary>
    PreBucketing = 4,

    /// <summary>The bucket was made: what is added now changes none.</summary>
    PostBucketing = 8,
}
