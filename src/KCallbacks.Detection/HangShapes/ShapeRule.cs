using System.Collections.Immutable;

namespace KCallbacks.Detection.HangShapes;

/// <summary>What a shape answers.</summary>
internal enum ShapeQuestion
{
    /// <summary>What the callback is for.</summary>
    Purpose,

    /// <summary>What it waits for.</summary>
    Wait,

    /// <summary>Which message loop it runs.</summary>
    Loop,

    /// <summary>Which component runs.</summary>
    Component,

    /// <summary>What it was entered from.</summary>
    Origin,
}

/// <summary>Where on the stack the frames of a shape stand.</summary>
internal enum ShapePlace
{
    /// <summary>The routine of the innermost callback.</summary>
    Routine,

    /// <summary>Further in than the innermost callback's dispatcher: what the callback does.</summary>
    Inside,

    /// <summary>Further out: what led to the innermost callback.</summary>
    Outside,
}

/// <summary>How one shape is known.</summary>
/// <param name="Question">What it answers; of the rules that answer the same, the first that fits speaks.</param>
/// <param name="Id">A word for programs that stays.</param>
/// <param name="Name">The shape in a few words.</param>
/// <param name="Place">Where its frame stands.</param>
/// <param name="Patterns">The functions, one of which must stand there.</param>
internal sealed record ShapeRule(ShapeQuestion Question, string Id, string Name, ShapePlace Place, params ImmutableArray<FramePattern> Patterns)
{
    /// <summary>Functions of which one must stand inside the callback as well; none when the patterns suffice.</summary>
    public ImmutableArray<FramePattern> AlsoInside { get; init; } = [];

    /// <summary>Whether the frame with index <paramref name="frame"/> stands where the shape's frame must.</summary>
    /// <param name="frame">Index of a frame.</param>
    /// <param name="callback">Index of the innermost callback's dispatcher, whose routine is directly above.</param>
    public bool Covers(int frame, int callback) => Place switch
    {
        ShapePlace.Routine => frame == callback || frame == callback - 1,
        ShapePlace.Inside => frame < callback,
        _ => frame > callback,
    };
}
