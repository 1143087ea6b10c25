namespace KCallbacks.DbgX.Sample;

/// <summary>Says on standard error what is done, so that standard output has nothing but the answer.</summary>
internal sealed class StepsOnError : IProgress<SessionProgress>
{
    /// <inheritdoc/>
    public void Report(SessionProgress value)
    {
        if (value.Output is null)
            Console.Error.WriteLine(value.Step);
    }
}
