import CourseData

/// The names of the trainings that are compared, and how each is done.
enum Recipes {
  static let base = "gap and jitter"
  static let noGap = "no gap"
  static let noJitter = "no jitter"
  static let neither = "neither"
  static let frame = "a frame of 2 pixels"
  static let frameNeither = "a frame, neither"
  static let projected = "projection"
  static let dropped = "dropping"
  static let lens = "lens, red and blue apart"
  static let lensProjected = "the same, projection"
  static let lensDropped = "the same, dropping"
  static let green = "lens, green apart"
  static let greenProjected = "green apart, projection"

  /// A lens that draws red larger than green and blue smaller, as a single glass does.
  static let single = Lens(red: 0.03, blue: -0.03)
  /// A lens that brings red and blue together and leaves green, as one of two glasses does.
  static let double = Lens(red: 0.06, blue: 0.06)

  /// Those about gap and jitter.
  static let trivial = [base, noGap, noJitter, neither, frame, frameNeither]
  /// Those about colours.
  static let colours = [
    base, projected, dropped, lens, lensProjected, lensDropped, green, greenProjected,
  ]

  /// All trainings with a number of steps.
  static func all(_ steps: Int) -> [(name: String, recipe: LocalizationRecipe)] {
    func plan(
      gap: Int = 6, jitter: Int = 1, frame: Int? = nil, _ cure: Cure = .none
    ) -> LocalizationPlan {
      LocalizationPlan(
        layout: PatchLayout(size: 12, gap: gap, jitter: jitter), cure: cure, frame: frame,
        steps: steps)
    }
    return [
      (base, (Lens(), plan())), (noGap, (Lens(), plan(gap: 0))),
      (noJitter, (Lens(), plan(jitter: 0))), (neither, (Lens(), plan(gap: 0, jitter: 0))),
      (frame, (Lens(), plan(frame: 2))),
      (frameNeither, (Lens(), plan(gap: 0, jitter: 0, frame: 2))),
      (projected, (Lens(), plan(.projection))), (dropped, (Lens(), plan(.dropping))),
      (lens, (single, plan())), (lensProjected, (single, plan(.projection))),
      (lensDropped, (single, plan(.dropping))), (green, (double, plan())),
      (greenProjected, (double, plan(.projection))),
    ]
  }

  /// The gaps and sizes of patches that fit nine times into a picture.
  static func layouts(side: Int) -> [PatchLayout] {
    [8, 12, 16].flatMap { size in
      [0, 3, 6].map { PatchLayout(size: size, gap: $0, jitter: 1) }
    }.filter { $0.extent <= side }
  }

  /// What a layout is called.
  static func name(_ layout: PatchLayout) -> String { "patch \(layout.size), gap \(layout.gap)" }
}
