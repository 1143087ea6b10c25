namespace KCallbacks.Detection.HangShapes;

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
