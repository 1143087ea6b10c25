using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.Kernel;

/// <summary>What is read of an EPROCESS.</summary>
/// <param name="Identity">How it is called.</param>
/// <param name="Peb">Address of its PEB, 0 when it has none; null when not known.</param>
/// <param name="ThreadList">Address of the head of its thread list; null when not known.</param>
internal sealed record ProcessBlock(ProcessIdentity Identity, ulong? Peb, ulong? ThreadList)
{
    /// <summary>For example <c>browser.exe (0x9400)</c>.</summary>
    public string Name => Identity.Id is { } id ? $"{Identity.Name} (0x{id:x})" : $"the process at 0x{Identity.Address:x16}";

    /// <summary>A process that cannot be read, for want of symbols.</summary>
    public static ProcessBlock Unread(ulong address) => new(new ProcessIdentity(address), null, null);
}
