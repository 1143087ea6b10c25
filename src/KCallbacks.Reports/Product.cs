using System.Reflection;

namespace KCallbacks.Reports;

/// <summary>Name and version as every output gives them.</summary>
public static class Product
{
    /// <summary>The product's name, which is also the command's.</summary>
    public const string Name = "kcallbacks";

    /// <summary>The version without the build's commit, for example <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
