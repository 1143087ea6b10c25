using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>Reads what a JSON report says of a callback: the facts of <see cref="Facts.CallbackFacts"/> backwards.</summary>
internal static class CallbackReader
{
    private static readonly (string Word, EvidenceSource Source)[] Witnesses =
    [
        ("frames", EvidenceSource.Frames),
        ("memory", EvidenceSource.Memory),
        ("kernel", EvidenceSource.Kernel),
    ];

    /// <summary>The callback.</summary>
    public static Callback Read(JsonElement json) => new()
    {
        Level = json.Count("level"),
        Routine = json.Text("routine"),
        ApiNumber = json.Count("apiNumber"),
        Entry = json.Text("entry"),
        Message = json.Object("message") is { } message ? MessageOf(message) : null,
        Delivery = json.Object("delivery") is { } delivery ? DeliveryOf(delivery) : null,
        Handler = json.Text("handler"),
        IsReturning = json.Flag("returning") == true,
        Frame = json.Count("frame"),
        Wow64Frame = json.Count("wow64.frame"),
        Address = json.Address("address"),
        Evidence = EvidenceOf(json.Texts("witnesses")),
        Confidence = json.Word<Confidence>("confidence", DisplayText.Of) ?? Confidence.Low,
        ConfidenceReason = json.Text("confidenceReason"),
    };

    private static WindowMessage MessageOf(JsonElement json)
    {
        string? place = json.Text("windowProcedurePlace"), procedure = JsonMembers.NameOf(json.Text("windowProcedure"));
        return new WindowMessage(
            json.Id("number") ?? 0,
            json.Text("name"),
            json.Address("wParam"),
            json.Address("lParam"),
            json.Address("windowProcedureAddress") ?? 0,
            procedure == place ? null : procedure,
            place);
    }

    private static Delivery DeliveryOf(JsonElement json) => new(
        json.Word<DeliveryKind>("kind", DisplayText.Of) ?? DeliveryKind.Hook,
        json.Text("text") ?? "",
        json.Address("procedureAddress") ?? 0,
        JsonMembers.NameOf(json.Text("procedure")),
        json.Object("values") is { } values ? [.. values.EnumerateObject().Select(value => new DeliveredValue(value.Name, JsonMembers.AddressOf(value.Value.GetString()) ?? 0))] : []);

    private static EvidenceSource EvidenceOf(string[] words) =>
        Witnesses.Where(witness => words.Contains(witness.Word)).Aggregate(default(EvidenceSource), (all, witness) => all | witness.Source);
}
