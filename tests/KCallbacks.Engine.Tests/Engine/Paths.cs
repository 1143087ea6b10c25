using KCallbacks.Build;

namespace KCallbacks.Engine.Tests.Engine;

/// <summary>Where the build put what the tests run.</summary>
internal static class Paths
{
    public static readonly string Images = Path.Combine(AppContext.BaseDirectory, "engine");
    public static readonly string Host = Path.Combine(Images, "enginehost.exe");
    public static readonly string Extension = Path.Combine(Images, "kcallbacks.dll");
    public static readonly string SampleTarget = Path.Combine(Images, "HangingWindows.exe");
    public static readonly string ManagedTarget = Path.Combine(Images, "managed", "HangingManaged.exe");
    public static readonly string DesktopTarget = Path.Combine(Images, "desktop", "HangingDesktop.exe");
    public static readonly string Dumps = Path.Combine(AppContext.BaseDirectory, "dumps");
    public static readonly Repository Repository = Repository.Containing(AppContext.BaseDirectory);
    public static readonly string WinePrefix = Repository.WinePrefix;
}
