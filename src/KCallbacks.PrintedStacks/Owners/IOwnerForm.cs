namespace KCallbacks.PrintedStacks.Owners;

/// <summary>A printed form that names owners of locks or waiting threads.</summary>
internal interface IOwnerForm
{
    /// <summary>Whether the line belongs to the form, so that it is neither a frame nor prose.</summary>
    /// <param name="line">The line without blanks before it.</param>
    /// <param name="place">Where it stands.</param>
    bool TryRead(ReadOnlySpan<byte> line, OwnerPlace place);

    /// <summary>The output has ended.</summary>
    void End();
}
