namespace KCallbacks.DbgEng.DataModel;

/// <summary>What an object of the data model holds, in order and by index.</summary>
public interface IModelItems
{
    /// <summary>How many items are iterated.</summary>
    int Count { get; }

    /// <summary>The index of an iterated item; unique.</summary>
    ulong KeyOf(int position);

    /// <summary>An iterated item.</summary>
    ModelObject At(int position);

    /// <summary>The item of an index, which may be one that is not iterated; null when there is none.</summary>
    ModelObject? Find(ulong key);
}
