import CourseData

extension PictureWorld {
  /// The chapter's world: large pictures, of which a patch shows a part of a thing.
  static var ofParts: PictureWorld {
    var factors = PictureFactors.plain(scale: 0.75...0.95)
    factors.texture = 0...0.5
    factors.clutter = 0...0.34
    return PictureWorld(size: 56, factors: factors)
  }
}
