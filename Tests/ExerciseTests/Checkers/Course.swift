/// A chapter as the board lists it.
public struct ChapterOutline: Sendable {
  /// The number, from 1.
  public let number: Int
  /// The folder under `chapters/`.
  public let folder: String
  /// What the chapter is about.
  public let title: String
  /// Its exercises, in order.
  public let exercises: [ExerciseOutline]
}

/// What the course has to offer.
public enum Course {
  /// The chapters, in order.
  public static let chapters = [
    ChapterOutline(
      number: 1, folder: "01-learning-paradigms", title: "Learning paradigms",
      exercises: Chapter1.exercises.map(\.outline)),
    ChapterOutline(
      number: 2, folder: "02-pretext-and-downstream", title: "Pretext and downstream tasks",
      exercises: Chapter2.exercises.map(\.outline)),
    ChapterOutline(
      number: 3, folder: "03-patch-localization", title: "Patch localization",
      exercises: Chapter3.exercises.map(\.outline)),
    ChapterOutline(
      number: 6, folder: "06-autoregressive-language-models",
      title: "Autoregressive language models", exercises: Chapter6.exercises.map(\.outline)),
    ChapterOutline(
      number: 8, folder: "08-simclr-and-micle", title: "SimCLR and MICLe",
      exercises: Chapter8.exercises.map(\.outline)),
  ]

  /// Every chapter's exercises, in order.
  public static var exercises: [ExerciseOutline] { chapters.flatMap(\.exercises) }

  /// The exercise with an id, like `1.2`.
  public static func exercise(_ id: String) -> ExerciseOutline? {
    exercises.first { $0.id == id }
  }
}
