using System.Globalization;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.SystemCalls;

/// <summary>The system call in which code stands.</summary>
/// <param name="Name"><c>module!function</c>, always spelled <c>Nt</c>; null when neither a name nor a stable number tells.</param>
/// <param name="Code">The stub's code; null when only a name shows the call.</param>
internal sealed record SystemCall(string? Name, StubCode? Code)
{
    /// <summary>The name, or <c>service 0x1db</c>.</summary>
    public string Shown => Name ?? string.Create(CultureInfo.InvariantCulture, $"service 0x{Code!.Value.Number:x}");

    /// <summary>The service without module and prefix, for example <c>WaitForSingleObject</c>; empty when not known.</summary>
    public ReadOnlySpan<char> Service => Name is null ? [] : Name.AsSpan(Name.LastIndexOf('!') + 1)[2..];

    /// <summary>The name without module, or <c>service 0x1db</c>.</summary>
    public string ShortName => field ??= Name is null ? Shown : Name[(Name.LastIndexOf('!') + 1)..];

    /// <summary>What the call waits for. Kept with the call, because thousands of threads may stand in the same one.</summary>
    public BlockingService Blocking { get; } = Name is null ? BlockingService.None : BlockingServices.KindOf(Name.AsSpan(Name.LastIndexOf('!') + 1)[2..]);

    /// <summary>Whether it is the service, for example <c>WaitForSingleObject</c>.</summary>
    public bool Is(string service) => Service.Equals(service, StringComparison.OrdinalIgnoreCase);
}
