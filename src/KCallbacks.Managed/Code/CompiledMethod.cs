namespace KCallbacks.Managed.Code;

/// <summary>A method compiled as the process ran.</summary>
/// <param name="Start">Where its code begins.</param>
/// <param name="Header">The runtime's <c>RealCodeHeader</c> of it.</param>
/// <param name="Range">The stretch of memory it lies in.</param>
internal readonly record struct CompiledMethod(ulong Start, ulong Header, CodeRange Range);
