namespace KCallbacks.DbgEng;

/// <summary>The clients that get output (<c>DEBUG_OUTCTL_*</c>).</summary>
public enum OutputControl : uint
{
    /// <summary>The client that prints.</summary>
    ThisClient = 0,

    /// <summary>All clients.</summary>
    AllClients = 1,

    /// <summary>Nobody.</summary>
    Ignore = 3,

    /// <summary>The clients that get the running command's output; the text is DML.</summary>
    AmbientDml = 0xfffffffe,

    /// <summary>The clients that get the running command's output; the text is plain.</summary>
    AmbientText = 0xffffffff,
}
