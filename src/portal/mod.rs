//! The portal: what a person sees and does. A page's file holds its handlers and its view.

pub mod acts;
pub mod hand_off;
pub mod home;
mod input;
pub mod link;
mod outcome;
pub mod recover;
pub mod refused;
pub mod return_to;
mod welcome;
