namespace DbgX.Interfaces.Enums;

/// <summary>How the data model is asked.</summary>
public enum ModelQueryFlags
{
    Default,
    RawView,
    Noisy,
    NoDerived,
}
