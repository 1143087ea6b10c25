namespace KCallbacks.Scanning.Unwinding;

/// <summary>Code that lies in no module because a runtime made it while the process ran.</summary>
public interface IGeneratedCode
{
    /// <summary>The function at an address, with its unwind data; null when it is not known to hold code.</summary>
    GeneratedFunction? FunctionAt(ulong address);
}
