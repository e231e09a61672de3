/// Something that the chapter says, and whether this run bears it out.
struct Claim: Sendable, Equatable {
  let id: String
  let sentence: String
  /// What the paper reports, with its source.
  let paper: String
  /// What this run measured.
  let here: String
  let holds: Bool
  /// Why the claim need not hold in so small an experiment; nil where it must.
  let whyNot: String?
  /// Where the program makes the claim.
  let source: SourcePlace
  /// Whether the run is long enough to speak for or against the claim: a smoke run is not.
  var isJudged = true

  /// What the table says in its last column.
  var verdict: String {
    if !isJudged { return "not judged: a smoke run settles nothing" }
    if holds { return "holds" }
    return whyNot.map { "does not hold here: \($0)" } ?? "does not hold"
  }

  /// The table that a run ends with.
  static func table(_ claims: [Claim]) -> Markdown.Table {
    let names = ["Claim", "Paper", "This run", "Verdict"]
    return Markdown.Table(
      alignments: names.map { _ in .leading },
      header: names.map { [.text($0)] },
      rows: claims.map { claim in
        let verdict = Markdown.Inline.text(claim.verdict)
        return [
          [.text(claim.sentence)], [.text(claim.paper)], [.text(claim.here)],
          [claim.isJudged && claim.holds ? .strong([verdict]) : verdict],
        ]
      })
  }
}
