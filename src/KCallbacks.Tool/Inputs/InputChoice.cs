using KCallbacks.Dumps;

namespace KCallbacks.Tool.Inputs;

/// <summary>What the user says of the inputs.</summary>
/// <param name="Format">What they are.</param>
/// <param name="Images">Images of modules that dumps do not hold; null when there are none.</param>
internal sealed record InputChoice(InputFormat Format, ImageFolder? Images = null);
