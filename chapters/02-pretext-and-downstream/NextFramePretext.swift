import CourseData
import TensorCore

/// Trains an encoder to predict the next frame of clips.
func fitNextFrame(
  _ encoder: Encoder, _ set: PictureSet, _ plan: PretextPlan, _ title: String,
  _ random: inout Random
) {
}
