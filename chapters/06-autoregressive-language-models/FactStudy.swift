import CourseData
import Notebook
import TensorCore

/// What the models know of held-out stories: what one does at a place, and where things are at the end.
struct FactStudy {
  /// “After school Mike went home.” for every place, with what one does anywhere.
  let activities: [FactProbe]
  /// The stories' ends, asked of the GPT and of a rule of thumb.
  let recall: PlaceRecall
  /// How many stories' ends are asked for.
  let ends: Int
  /// The probability on what one does at the place just named.
  let activity: (chance: Double, trigram: Double, gpt: Double)
  private let trigramRecall: PlaceRecall
  /// The share of right places at the end by guessing.
  private let guessedPlaces: Double

  /// Asks both models.
  init(_ stories: [Story], _ corpus: Corpus, trigram: KneserNey, gpt: GPT) {
    let places = FactProbe.places(in: stories)
    activities = FactProbe.activities(
      places, people: stories.compactMap(\.people.first), tokenizer: corpus.tokenizer)
    activity = (
      mean(activities.map { Double($0.right.count) / Double($0.candidates.count) }),
      mean(activities.map { $0.probability($0.scores(trigram)) }),
      mean(activities.map { $0.probability($0.scores(gpt)) })
    )
    let probes = FactProbe.whereabouts(stories, among: places, tokenizer: corpus.tokenizer)
    ends = probes.count
    recall = PlaceRecall(probes) { $0.scores(gpt) }
    trigramRecall = PlaceRecall(probes) { $0.scores(trigram) }
    guessedPlaces = 1 / Double(max(1, places.count))
  }

  /// A row for each model.
  var table: Table {
    Table(
      "What follows from the story",
      columns: [
        .text("model"), .number("P(what one does there)", decimals: 3),
        .number("right place at the end", decimals: 3),
        .number("where the rule is wrong", decimals: 3),
      ],
      rows: [
        [
          "chance", .number(activity.chance), .number(guessedPlaces), .number(guessedPlaces),
        ],
        [
          "trigram", .number(activity.trigram), .number(trigramRecall.share),
          .number(trigramRecall.hard.share),
        ],
        ["the place named last", .empty, .number(recall.ruleShare), 0],
        [
          "GPT", .number(activity.gpt), .number(recall.share), .number(recall.hard.share),
        ],
      ])
  }
}
