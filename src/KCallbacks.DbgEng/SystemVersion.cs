namespace KCallbacks.DbgEng;

/// <summary>Version of the target's operating system.</summary>
/// <param name="Win32Major">Major version that programs see, for example 10.</param>
/// <param name="Win32Minor">Minor version that programs see.</param>
/// <param name="KernelMajor">0xf in free builds, 0xc in checked builds.</param>
/// <param name="KernelMinor">Build number, for example 19041.</param>
public readonly record struct SystemVersion(uint Win32Major, uint Win32Minor, uint KernelMajor, uint KernelMinor);
