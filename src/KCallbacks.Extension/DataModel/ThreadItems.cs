using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Detection.Model;

namespace KCallbacks.Extension.DataModel;

/// <summary>The threads that a view shows, indexed by system thread id where it is known.</summary>
internal sealed class ThreadItems(ThreadView view, ProcessFindings found, Func<JudgedThread, ModelObject> box) : IModelItems
{
    private readonly ImmutableArray<ThreadFinding> _shown = view.Select(found.Report);

    public int Count => _shown.Length;

    public ulong KeyOf(int position) => ProcessFindings.KeyOf(_shown[position]);

    public ModelObject At(int position) => box(found.Of(_shown[position]));

    /// <summary>Any thread of the process, shown or not: whoever asks for a thread wants its verdict.</summary>
    public ModelObject? Find(ulong key) => found.Find(key) is { } thread ? box(thread) : null;
}
