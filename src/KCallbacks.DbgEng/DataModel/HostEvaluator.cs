namespace KCallbacks.DbgEng.DataModel;

/// <summary>Evaluates what a user could type after <c>dx</c>.</summary>
internal sealed unsafe class HostEvaluator : EngineInterface, IEngineInterface<HostEvaluator>
{
    private HostEvaluator(nint pointer)
        : base(pointer)
    {
    }

    static string IEngineInterface<HostEvaluator>.Name => "IDebugHostEvaluator";

    static Guid IEngineInterface<HostEvaluator>.Iid => new("0fef9a21-577e-4997-ac7b-1c4883241d99");

    internal static new class Slot
    {
        public const int EvaluateExtendedExpression = 4;
    }

    static HostEvaluator IEngineInterface<HostEvaluator>.Adopt(nint pointer) => new(pointer);

    /// <summary>Evaluates an expression.</summary>
    /// <param name="context">The state it is evaluated in.</param>
    /// <param name="expression">The expression.</param>
    /// <exception cref="EngineCallException">It has no value.</exception>
    public ModelObject Evaluate(HostContext context, string expression)
    {
        nint value = 0;
        fixed (char* text = expression)
        {
            HResult result = new(((delegate* unmanaged<nint, nint, char*, nint, nint*, nint*, int>)Method(Slot.EvaluateExtendedExpression))(
                Pointer, context.Pointer, text, 0, &value, null));
            return Adopt<ModelObject>(value, result, $"EvaluateExtendedExpression({expression})");
        }
    }
}
