using KCallbacks.Fixtures.Images;

namespace KCallbacks.Fixtures.Tests;

/// <summary>Composed fixtures for the tests; nothing is written but the images' cache.</summary>
internal static class Fixtures
{
    public static ImageBuilder Builder { get; } = FixtureFolder.OfRepository.Builder;

    public static UserDump Compose(DumpPlan plan) => new UserDumpGenerator(Builder).Compose(plan);
}
